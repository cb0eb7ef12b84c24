"""Collections of innovations that people keep, annotate and share; whoever reads one sees of it what they may see."""
