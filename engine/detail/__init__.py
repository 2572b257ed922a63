"""What the recoveries of detail rest on: tone, grain, damage, motion and honest measures, on planes of luma."""
