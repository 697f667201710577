# 顾客想收到哪些消息，以及操作太快时的提示。

too-fast-tap = 点得太快了，这次没有处理，请从下面继续。

command-notify = 消息提醒与免打扰
button-notify = 🔔 消息设置
notify-title = 🔔 <b>订单消息</b>
    订单卡片会一直保持最新。订单无法完成时，我们一定会通知您。
notify-quiet = 🌙 免打扰时段 { $hours }：不急的消息静音送达。
notify-loud = 未设免打扰时段。
notify-kept = 已保存。
notify-ask-hours = 从几点到几点不打扰您？
    例如：<i>22:00-07:30</i>
notify-no-hours = 没看懂这个时间。请写开始和结束的时和分，中间用横线隔开。
button-want-all = { $on ->
    [1] ● 全部消息
   *[other] ○ 全部消息
  }
button-want-important = { $on ->
    [1] ● 只要重要消息
   *[other] ○ 只要重要消息
  }
button-want-none = { $on ->
    [1] ● 不要消息，看卡片就好
   *[other] ○ 不要消息，看卡片就好
  }
button-quiet-shop = { $on ->
    [1] ● { $hours }
   *[other] ○ { $hours }
  }
button-quiet-own = { $on ->
    [1] ● 自定时段…
   *[other] ○ 自定时段…
  }
button-quiet-off = { $on ->
    [1] ● 不设免打扰
   *[other] ○ 不设免打扰
  }
