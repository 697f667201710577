# Ready-made and saved orders, and items that are waited for.

command-saved = Ready-made and saved orders
saved-title = ⭐ <b>Ready-made and saved orders</b>
saved-none = Tap one to order it. You have saved none of your own yet: there is a button for it below your cart, the review and each past order.
saved-how = Tap one to order it; ⋯ shows and changes it.
saved-name = ⭐ <b>{ $name }</b>
saved-is-shared = Shared with your company.
saved-is-anothers = Shared with you by your company.
saved-line = { $at }. { $what }
saved-line-gone = { "   " }<i>no longer there</i>
saved-ask-name = Under which name shall I save it? Write one (at most { $max } characters), or take this one:
saved-ask-rename = What shall <b>{ $name }</b> be called? Write a name (at most { $max } characters).
saved-name-empty = A name has some characters.
saved-name-long = That is too long: a name has at most { $max } characters.
saved-kept = ⭐ Saved.
saved-changed = Changed.
saved-full = You have { $max } saved orders already. Please delete one first.
saved-nothing = There is nothing to save.
saved-gone = This saved order is gone.
saved-not-yours = This saved order is somebody else's.
saved-other-company = This saved order is shared in a company that you don't belong to.
saved-owner-left = Whoever shared this order has left the company: it is shared no more.
saved-last-line = The last line can't be taken out. You can delete the whole saved order.
saved-usual-set = It is your usual order now.
saved-usual-off = It is no longer your usual order.
saved-ask-delete = Delete <b>{ $name }</b>? It would be gone for good.
saved-deleted = <b>{ $name }</b> is deleted.
saved-unshared = All its links are taken back.
saved-link-company = 🔗 <b>{ $name }</b> is shared with { $company }. Its members open it by this link:
    { $link }
saved-link-own = 🔗 The link to your saved order <b>{ $name }</b>; it works for you alone:
    { $link }
button-saved-go = ▶ { $name }
button-saved-usual = ★ { $name }
button-saved-shared = 👥 { $name }
button-saved-more = ⋯
button-saved-order = ▶ Order it
button-saved-lines = ✎ Lines
button-saved-rename = ✎ Name
button-saved-mark = ★ My usual order
button-saved-unmark = ☆ Not my usual order
button-saved-copy = ⧉ Copy
button-saved-link = 🔗 Link
button-saved-unshare = ✖ Stop sharing
button-saved-delete = 🗑 Delete
button-saved-delete-yes = Yes, delete it
button-saved-keep = ⭐ Save
button-saved-keep-cart = ⭐ Save my cart
button-saved-keep-so = ⭐ { $name }
button-saved-fewer = { $at } －
button-saved-add = { $at } ＋
button-saved-remove = { $at } 🗑
button-saved-add-cart = ＋ What is in my cart
button-home-again = ↻ Again: { $what }
button-home-usual = ★ { $name }
again-more = { $what } …

## Templates
template-people = ⭐ <b>{ $name }</b> · for { $people }
template-ask-people = For how many people?
template-gone = This ready-made order is no longer there.
button-template-go = ▶ { $name } · for { $people }
button-template-people = { $people }

## Items that are waited for
awaited-title = 🔔 I tell you when these can be had again. A tap takes one off.
awaited-none = 🔔 You wait for nothing. Where something is sold out there is a button to be told when it is back.
awaited-asked = I tell you when { $name } is back.
awaited-stopped = I won't tell you.
awaited-full = You wait for { $max } items already. Please take one off first.
awaited-off = You turned these messages off: see /notify.
awaited-back = 🔔 <b>{ $name }</b> can be had again.
button-awaited = 🔔 What I wait for
button-awaited-ask = 🔔 Tell me when it is back
button-awaited-stop = 🔕 Don't tell me
button-awaited-drop = ✖ { $name }
button-want-back = { $on ->
    [1] ☑ What I wait for is back
   *[other] ☐ What I wait for is back
  }
