"""The judge: reads an explanation and an excerpt and expects an activation on every token."""
