#!/bin/sh
# make release-check: the wheel is the same bytes when built twice, installs in an empty environment, and runs the demo
# there. Leaves in dist/: the wheel, the bill of materials (CycloneDX) and the licences of what was installed with it.
set -eu
cd "$(dirname "$0")/.."
python=$(readlink -f "${1:-.venv/bin}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
commit=$(git rev-parse HEAD)
SOURCE_DATE_EPOCH=$(git show -s --format=%ct "$commit")
export SOURCE_DATE_EPOCH PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH

for n in 1 2; do
    mkdir "$folder/$n"
    git archive "$commit" | tar -x -C "$folder/$n"
    "$python/python" -m build --quiet --wheel --no-isolation --outdir "$folder/$n/dist" "$folder/$n" 2>"$folder/$n/log" || {
        cat "$folder/$n/log" >&2
        exit 1
    }
done
cmp "$folder"/1/dist/*.whl "$folder"/2/dist/*.whl
mkdir -p dist
rm -f dist/*.whl
cp "$folder"/1/dist/*.whl dist/
echo "built twice, the same bytes: $(sha256sum dist/*.whl)"

"$python/python" -m venv "$folder/empty"
# The versions of the lock, but only those of the packages that the wheel itself asks for.
grep "^[a-z0-9].*==" requirements.lock | grep -v "\[" >"$folder/constraints.txt"
"$folder/empty/bin/pip" install --quiet --constraint "$folder/constraints.txt" dist/*.whl
sh examples/demo.sh "$folder/empty/bin/communique" >"$folder/demo.txt"
grep -q "^  counted " "$folder/demo.txt" || { cat "$folder/demo.txt" >&2; exit 1; }
echo "installed in an empty environment, the demo runs: $(wc -l <"$folder/demo.txt") lines"

"$python/cyclonedx-py" environment --output-reproducible --of JSON -o dist/sbom.json "$folder/empty/bin/python"
"$folder/empty/bin/python" .ci/licences.py >dist/licences.tsv
echo "dist/sbom.json: $(grep -c '"bom-ref"' dist/sbom.json) components; dist/licences.tsv: $(wc -l <dist/licences.tsv) packages"
