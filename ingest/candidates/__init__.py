"""What a machine read in a document, as claims that wait for a decision: candidates, their review, and the policy that may accept them."""
