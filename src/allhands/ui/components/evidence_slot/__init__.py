"""Where proof of a duty is given; never a bare tick box."""
