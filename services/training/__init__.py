"""Learns the classifier's weights from examples, and judges what was learned."""
