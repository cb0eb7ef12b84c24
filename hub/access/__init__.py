"""Who may see what: audiences, TLP labels, visibility labels and the frozen Viewer."""
