"""Looking at frames: what is shown of a picture, the picture view with its comparisons and handles, the transport, and the scopes."""
