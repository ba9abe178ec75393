"""Many runs, from a manifest: resumed where they were interrupted, one failure does not stop the rest."""
