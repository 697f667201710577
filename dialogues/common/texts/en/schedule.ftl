# Saved orders that are repeated on chosen days.

## The screen
schedule-title = 🔁 <b>Repeat: { $name }</b>
schedule-how = Choose days and a time. { $minutes ->
    [one] A minute
   *[other] { $minutes } minutes
} before that time I ask you whether to order it. Without your yes nothing is ordered.
schedule-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
schedule-runs = ▶️ It is repeated.
schedule-paused = ⏸ Paused until you resume it.
schedule-paused-until = ⏸ Paused; it goes on from { $day }.
schedule-next = Next: <b>{ $day }</b>, to be ordered by { $time }. I ask from { $asks }.
schedule-next-none = There is no day ahead on which I could order it.
schedule-skips = ⏭ Left out: { $day }
schedule-closed = 🌙 Closed, so passed over: { $days }
schedule-without = ➖ Not next time: { $lines }
schedule-auto-on = 🤖 Ordered without asking, up to { $most }.
schedule-auto-off = 💬 I ask each time; without your yes nothing is ordered.
schedule-ask-time = By when shall it be ordered? Tap a time, or write one, for example: 10:30
schedule-time-unclear = That is no time I understand. Write it like this: 10:30
schedule-time-closed = We take no orders at that time on the days you chose. Please take another one.
schedule-auto-ask = 🤖 <b>Order { $name } without asking?</b>
    At the time of asking I tell you that I am going to order it. Unless you object, I order it at the time you chose, with the answers that you saved.
    It comes to { $most } now. If it ever comes to more, if something is short or gone, if somebody has to agree, or if we are closed, I ask you instead and order nothing by myself. Should it turn out only shortly before that time, I order nothing either, and tell you at once.
schedule-auto-not = This can't be ordered without asking now: { $why }
schedule-ask-pause = ⏸ For how long? Tap, or write the day on which it goes on, for example: 24.12.
schedule-pause-day = That is no day ahead within a year. Write it like this: 24.12.
schedule-pause-today = I have asked you about { $day } already. What becomes of that?
schedule-lines = Tap what is to be left out this time. Your saved order stays as it is.
schedule-ask-stop = Stop repeating <b>{ $name }</b>? The saved order itself stays.
schedule-stopped = 🔁 It is no longer repeated.
schedule-full = You repeat { $max } saved orders already. Please stop one of them first.
schedule-busy = It is being ordered right now. Please wait a moment.
schedule-unskip-late = It is too late to take that back.
schedule-list = 🔁 { $name }: { $day }, by { $time }
schedule-list-rests = ⏸ { $name }: paused
button-schedule = 🔁 Repeat…
button-schedule-times = 🕙 By when…
button-schedule-time = 🕙 By { $time }
button-schedule-skip = ⏭ Skip the next one
button-schedule-unskip = ↩️ Don't skip it
button-schedule-lines = ➖ Skip a line once
button-schedule-auto = 🤖 Order without asking…
button-schedule-auto-yes = 🤖 Yes, up to { $most }
button-schedule-auto-off = 💬 Ask me each time
button-schedule-pause = ⏸ Pause…
button-schedule-weeks = { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
}
button-schedule-pause-open = Until I resume it
button-schedule-keep-today = Keep it
button-schedule-cancel-today = Cancel it too
button-schedule-resume = ▶️ Resume
button-schedule-stop = ⏹ Stop…
button-schedule-stop-yes = ⏹ Yes, stop it

## The card of a date
schedule-first = 🔁 <b>{ $name }: shall I order it?</b>
schedule-same = 🔁 <b>{ $name }: same as { $day }?</b>
schedule-announce = 🔁 <b>{ $name }: I order this at { $time }</b>
schedule-line = • { $what }
schedule-line-fate = • { $what } – { $fate }
schedule-more = … and { $count } more
schedule-total = About { $total }
schedule-obstacle = ⚠️ { $why }
schedule-doubt = ⚠️ Not without asking: { $why }
schedule-by = Order by { $time }. Without an answer nothing is ordered.
schedule-until = You need do nothing. Until then you can still object.
schedule-why-lines = Not everything can be had as you saved it.
schedule-why-nothing = No line is left.
schedule-why-flow = This way to order is not there now.
schedule-why-step = “{ $step }” has to be answered anew.
schedule-why-rule = { $rule }
schedule-why-other = It could not be ordered as it is.
schedule-why-dearer = It comes to more than { $most }.
schedule-why-people = Somebody has to agree to this order.
schedule-changed = Something changed: please look again.
schedule-placing = One moment: I order it.
schedule-skipped-toast = Skipped this time.
schedule-unskipped = Not skipped after all.
schedule-not-there = This is no longer repeated.
schedule-date = 🔁 <b>{ $name }</b> · { $day }
schedule-name = 🔁 <b>{ $name }</b>
schedule-ordered = ✅ Ordered: #{ $number }
schedule-opened = ✎ Opened as a cart below. It is ordered when you place it.
schedule-opened-because = ✎ Opened as a cart below, and not ordered yet: { $why }
schedule-skipped = ⏭ Skipped this time.
schedule-no-answer = ⌛ No answer in time: nothing was ordered.
schedule-was-late = ⌛ I could not order it in time: nothing was ordered.
schedule-withdrawn = ✖ Not any more: you changed how it is repeated.
schedule-failed = ⚠️ Not ordered: { $why }
schedule-then = Next: { $day }, by { $time }
schedule-missed = ⌛ <b>{ $name }</b>: I could not ask you in time, and ordered nothing: { $days }
schedule-gone = 🔁 A repeated order has ended: { $why }
schedule-gone-name = 🔁 <b>{ $name }</b> is no longer repeated: { $why }
schedule-resting = ⏸ While I could not reach you, I stopped asking about your repeated orders. Resume them where you saved them.
schedule-late = It is too late for that: nothing was changed.
schedule-late-ordered = It is ordered already.
schedule-late-opened = It was opened as a cart already.
schedule-late-skipped = It is skipped already.
schedule-late-next = { $why } Next: { $day }, by { $time }.
button-schedule-yes = ✅ Yes, order it · { $total }
button-schedule-change = ✎ Change
button-schedule-skip-this = ⏭ Skip this time
button-schedule-lines-this = ➖ Skip a line
button-schedule-undo = ↩️ Take that back
