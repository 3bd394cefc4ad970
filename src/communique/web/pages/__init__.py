"""One module for each group of pages: a function takes what was asked and gives a page."""
