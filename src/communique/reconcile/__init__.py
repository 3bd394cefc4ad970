"""Reports of one contact brought together; what speaks for it and against it can be asked of every pair."""

from communique.reconcile.clusters import Reconciler, cluster, explain_pair, reconcile
from communique.reconcile.issuers import Issuers, issuers

__all__ = ["Issuers", "Reconciler", "cluster", "explain_pair", "issuers", "reconcile"]
