"""Pages and feeds of the web, by one guarded fetcher: nothing else in the program opens a connection of its own."""
