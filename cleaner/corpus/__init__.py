"""What many pages of one site tell: how often it repeats its lines, and the first draft of its rules."""
