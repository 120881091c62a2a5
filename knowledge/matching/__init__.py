"""Reading + state → Decision: every frame makes candidates, one score ranks them, vetoes and thresholds decide."""
