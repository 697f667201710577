# What is learned from customers' words: other names of items, one's own words.

command-aliases = Other names learned
alias-proposed = 🗣 { $count } customers mean <b>{ $item }</b> by “{ $phrase }”. Take it as another name of it?
button-alias-accept = ✅ Accept
button-alias-decline = ✖ Decline
alias-accepted = It counts for everybody now.
alias-declined = Declined. You are not asked again.
alias-ended-accepted = ✅ Accepted by { $who }: it counts for everybody.
alias-ended-declined = ✖ Declined by { $who }.
alias-ended-removed = 🗑 Removed again by { $who }.
alias-item-gone = That item is not sold here any more, so it needs no other name. You can decline, or decide once it is back.
alias-is-name = “{ $phrase }” is what { $item } is called by now, so it can’t be another name.
alias-is-alias = “{ $phrase }” is another name of { $item } already. Remove it there first: /aliases
alias-full = { $max } names are taken over already. Remove one first: /aliases
alias-gone = This is not there any more.
aliases-title = 🗣 <b>Other names learned from customers</b>
aliases-none = None yet. Once { $count } customers choose the same item for the same words, you are asked whether it is another name of it.
button-alias = “{ $phrase }” → { $item }
button-alias-open = ❓ “{ $phrase }” → { $item }
alias-shown = 🗣 “{ $phrase }” is another name of <b>{ $item }</b>.
    { $count } customers meant it so; accepted by { $who }, { $time }.
    Once removed it counts no more, and you are not asked about it again.
button-alias-remove = 🗑 Remove
alias-removed = Removed. It counts no more.
button-words = 🗣 My words
words-title = 🗣 <b>What I learned from you</b>
    Tap what I should forget.
words-none = 🗣 I have learned no words from you.
button-word = ✕ “{ $phrase }” → { $item }
button-words-all = ✕ Forget all of it
words-forgotten = Forgotten.
audit-alias = { $subject }: “{ $phrase }” is another name now
audit-alias-declined = { $subject }: “{ $phrase }” is no other name
audit-alias-removed = { $subject }: “{ $phrase }” is no longer another name
