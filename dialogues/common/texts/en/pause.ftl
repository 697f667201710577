# No orders for a while: what customers read, and where staff set it.

## What customers read
pause-now = ⏸ We take no orders right now. { $again }
pause-now-flow = ⏸ { $flow }: no orders right now. { $again }
pause-again = Again from { $time }.
pause-again-open = Please look in again later.
pause-said = { $pause }
    💬 { $words }
order-change-stopped = We take no orders right now: taken back to be changed, this one could not be placed again. It stays as it is.

## What staff see
command-pause = Stop taking orders
pause-title = ⏸ <b>Taking orders</b>
pause-shop = Whole shop
pause-state-none = ✅ <b>{ $scope }</b>: not paused
pause-state-taken = ✅ <b>{ $scope }</b>: orders are taken
pause-state-until = ⏸ <b>{ $scope }</b>: no orders until { $time }
pause-state-open = ⏸ <b>{ $scope }</b>: no orders until somebody resumes
pause-state-whole = ⏸ <b>{ $scope }</b>: no orders, like the whole shop
pause-state-closed = 🌙 <b>{ $scope }</b>: closed until { $time }
pause-state-shut = 🌙 <b>{ $scope }</b>: closed
pause-state-words = 💬 { $words }
pause-how = Stop for how long? Orders that were placed go on. While it is paused, write here what customers read.
pause-first = Nothing is paused here: tap for how long first, then write what customers are to read.
pause-too-long = That is too long: at most { $max } characters. Nothing was changed.
pause-usage = Write the minutes (at most 1440) and, if you like, what customers read: <code>/pause 30 back after the rush</code>. <code>/pause off</code> takes orders again, <code>/pause</code> shows how things stand.
pause-over = ⏰ The pause is over. { $state }
pause-privately = ⏸ Write /pause to me in our private chat.
word-pause-off = off
button-pause-minutes = { $minutes } min
button-pause-day = To the end of the day, { $time }
button-pause-open = Until somebody resumes
button-pause-end = ▶️ Take orders again
button-pause-wordless = ✖ Take the words away
