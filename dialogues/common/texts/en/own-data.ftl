# One's own data: exported, erased.

button-export = 📄 Get a copy
button-erase = 🗑 Erase my data
button-erase-sure = 🗑 Yes, erase all of it
export-file = 📄 All that is kept about you. Any text editor opens it; nothing of other people is in it.
export-part = 📄 Part { $part } of all that is kept about you, with { $orders ->
    [one] an order
   *[other] { $orders } orders
 }. { $more ->
    [1] More follows.
   *[other] That is everything.
 }
export-sent = The file is on its way.
export-just-now = You got it less than a minute ago. Please wait a little before you ask again.
export-by-hand = You are ordering for somebody else. Finish that first: the file is about you alone.
erase-ask = 🗑 <b>Erase your data?</b>
    Your name, phone number, addresses, answers, saved things, links and places in companies are erased for good, and so is all you wrote here.
    Your past orders stay as figures of nobody: what was ordered, when, and for how much. You will not see them any more.
    What stands in this chat stays in your Telegram; you can clear it there.
    If you write again, you start as somebody new.
erase-barred = 🗑 <b>Your data can’t be erased yet</b>
erase-barred-now = Something has come up. Nothing was erased.
erase-bar-order = • Order #{ $number } of { $day } is not over. Wait until it is, or cancel it.
erase-bar-owed = • You owe { $owed } on your account. Pay it first.
erase-bar-ahead = • You have paid { $ahead } ahead. Ask the shop to pay it back, or use it first.
erase-bar-held = • An open order holds { $held } on your account. Wait until it is over.
erase-bar-changes = • The shop has { $count ->
    [one] a change
   *[other] { $count } changes
 } of your account to decide. Ask it to do so first.
erase-bar-company = • You alone look after { $name }. Make somebody else an admin first, in /company.
erase-bar-team = • You are one of the team. Ask an owner to take your roles away first.
erase-bar-under-way = • Your data are being erased already. You hear of it when that is done.
erase-begun = 🗑 Your data are being erased. I write once more when it is done; that takes a moment.
erase-under-way = Your data are being erased.
erase-done = ✅ Your data are erased. Nothing here leads to you any more. Write /start whenever you like: you are somebody new then.
erase-by-hand = This customer had their data erased. What you were ordering for them is gone.
erased-order = Order #{ $number } · the customer had their data erased
