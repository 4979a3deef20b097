"""From numbers to files: the catalogue, the jobs, the films, the tables, the captions and the manifest."""
