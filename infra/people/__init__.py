"""Who works here, who they show to be, and what they have read."""
