"""The review of entries: scores, remarks, ranking, decisions that wait until all are sent, what is featured."""
