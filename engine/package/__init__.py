"""What is delivered beside the restored files: checksums, a line for each decoded frame, PREMIS, the bag. Plain data in, files out."""
