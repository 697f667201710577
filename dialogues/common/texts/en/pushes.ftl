# Which messages a customer wants, and what is said to who is too fast.

too-fast-tap = Too fast: I did not take this tap. Please go on below.

command-notify = Which messages come, and when silently
button-notify = 🔔 Messages…
notify-title = 🔔 <b>Messages about your orders</b>
    Your order's card is always kept up to date. If we can't fulfil an order you hear of it in any case.
notify-quiet = 🌙 Quiet hours { $hours }: what can wait makes no sound.
notify-loud = No quiet hours.
notify-kept = Kept.
notify-ask-hours = Between which times shall I be quiet?
    For example: <i>22:00-07:30</i>
notify-no-hours = I did not understand these times. Write hour and minute of the beginning and of the end, with a dash between them.
button-want-all = { $on ->
    [1] ● All messages
   *[other] ○ All messages
  }
button-want-important = { $on ->
    [1] ● Only important ones
   *[other] ○ Only important ones
  }
button-want-none = { $on ->
    [1] ● None, the card is enough
   *[other] ○ None, the card is enough
  }
button-quiet-shop = { $on ->
    [1] ● { $hours }
   *[other] ○ { $hours }
  }
button-quiet-own = { $on ->
    [1] ● Own hours…
   *[other] ○ Own hours…
  }
button-quiet-off = { $on ->
    [1] ● Never quiet
   *[other] ○ Never quiet
  }
