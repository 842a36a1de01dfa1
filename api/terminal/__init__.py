"""What the verbs say: results on stdout, talk and progress on stderr, everything safe to show in a terminal.

keeping     what became of URLs and files, and of what an earlier run left behind
showing     what a search found, and what one quote or snapshot holds
proving     what verifying found; keys, without their secrets
comparing   claims beside quotes, printings and captures beside each other, a person's spellings
wording     how the terminal words what it says
"""
