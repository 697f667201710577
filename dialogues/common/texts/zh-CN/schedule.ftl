# 按所选日子重复的常用订单。

## 设置页
schedule-title = 🔁 <b>定期下单：{ $name }</b>
schedule-how = 请选择日子和时间。在那之前 { $minutes } 分钟，我会问您要不要下单；您不点“是”，就不会下单。
schedule-weekday = { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
schedule-runs = ▶️ 正在定期下单。
schedule-paused = ⏸ 已暂停，等您恢复。
schedule-paused-until = ⏸ 已暂停，{ $day }起继续。
schedule-next = 下一次：<b>{ $day }</b>，{ $time } 前下单；{ $asks } 起问您。
schedule-next-none = 接下来没有可以下单的日子。
schedule-skips = ⏭ 跳过：{ $day }
schedule-closed = 🌙 不营业，自动顺延：{ $days }
schedule-without = ➖ 下一次不要：{ $lines }
schedule-auto-on = 🤖 不用问，直接下单，最多 { $most }。
schedule-auto-off = 💬 每次先问您；您不点“是”，就不会下单。
schedule-ask-time = 最晚几点下单？请选择，或直接输入，例如：10:30
schedule-time-unclear = 没看懂这个时间，请这样写：10:30
schedule-time-closed = 您选的日子在这个时间都不接单，请换一个时间。
schedule-auto-ask = 🤖 <b>不用问，直接下单“{ $name }”？</b>
    到了该问的时间，我会告诉您即将下单。您没有异议，我就在您选的时间按您保存的内容下单。
    现在合计 { $most }。如果以后超过这个金额、有货品不足或下架、需要有人审批，或者本店不营业，我会先问您，不会自行下单。如果快到时间才出现这种情况，我同样不会下单，并会马上告诉您。
schedule-auto-not = 现在还不能直接下单：{ $why }
schedule-ask-pause = ⏸ 暂停多久？请选择，或输入恢复的日期，例如：12月24日
schedule-pause-day = 请输入一年以内、今天以后的日期，例如：12月24日
schedule-pause-today = { $day }的我已经问过您了，那一次怎么办？
schedule-lines = 点一下这次不要的。您保存的订单保持不变。
schedule-ask-stop = 不再定期下单“<b>{ $name }</b>”？保存的订单会留着。
schedule-stopped = 🔁 已停止定期下单。
schedule-full = 您已有 { $max } 个定期订单，请先停止其中一个。
schedule-busy = 正在下单，请稍等。
schedule-unskip-late = 来不及撤回了。
schedule-list = 🔁 { $name }：{ $day }，{ $time } 前
schedule-list-rests = ⏸ { $name }：已暂停
button-schedule = 🔁 定期下单…
button-schedule-times = 🕙 选择时间…
button-schedule-time = 🕙 { $time } 前
button-schedule-skip = ⏭ 跳过下一次
button-schedule-unskip = ↩️ 不跳过了
button-schedule-lines = ➖ 下次少一项
button-schedule-auto = 🤖 不用问，直接下单…
button-schedule-auto-yes = 🤖 好，最多 { $most }
button-schedule-auto-off = 💬 每次先问我
button-schedule-pause = ⏸ 暂停…
button-schedule-weeks = { $weeks } 周
button-schedule-pause-open = 等我恢复
button-schedule-keep-today = 保留
button-schedule-cancel-today = 一并取消
button-schedule-resume = ▶️ 恢复
button-schedule-stop = ⏹ 停止…
button-schedule-stop-yes = ⏹ 是的，停止

## 某一天的卡片
schedule-first = 🔁 <b>{ $name }：要下单吗？</b>
schedule-same = 🔁 <b>{ $name }：和{ $day }一样？</b>
schedule-announce = 🔁 <b>{ $name }：我将在 { $time } 下单</b>
schedule-line = • { $what }
schedule-line-fate = • { $what } – { $fate }
schedule-more = ……另有 { $count } 项
schedule-total = 约 { $total }
schedule-obstacle = ⚠️ { $why }
schedule-doubt = ⚠️ 这次要先问您：{ $why }
schedule-by = 请在 { $time } 前确认；不回答就不会下单。
schedule-until = 您不用做什么；在那之前都可以改主意。
schedule-why-lines = 有些货品无法照原样提供。
schedule-why-nothing = 一项也没有了。
schedule-why-flow = 现在不能这样下单。
schedule-why-step = “{ $step }”需要重新填写。
schedule-why-rule = { $rule }
schedule-why-other = 无法照原样下单。
schedule-why-dearer = 金额超过了 { $most }。
schedule-why-people = 这个订单需要有人审批。
schedule-changed = 有变化，请再看一下。
schedule-placing = 请稍等，正在下单。
schedule-skipped-toast = 这次跳过。
schedule-unskipped = 不跳过了。
schedule-not-there = 已经不再定期下单了。
schedule-date = 🔁 <b>{ $name }</b> · { $day }
schedule-name = 🔁 <b>{ $name }</b>
schedule-ordered = ✅ 已下单：#{ $number }
schedule-opened = ✎ 已在下面打开购物车，您提交后才算下单。
schedule-opened-because = ✎ 已在下面打开购物车，还没有下单：{ $why }
schedule-skipped = ⏭ 这次跳过。
schedule-no-answer = ⌛ 没有及时回答，没有下单。
schedule-was-late = ⌛ 没能及时下单，没有任何订单。
schedule-withdrawn = ✖ 已作废：您更改了定期下单的设置。
schedule-failed = ⚠️ 没有下单：{ $why }
schedule-then = 下一次：{ $day }，{ $time } 前
schedule-missed = ⌛ <b>{ $name }</b>：没能及时问您，也没有下单：{ $days }
schedule-gone = 🔁 一个定期订单已结束：{ $why }
schedule-gone-name = 🔁 “<b>{ $name }</b>”不再定期下单：{ $why }
schedule-resting = ⏸ 因为联系不上您，定期订单已暂停。请在保存的订单里恢复。
schedule-late = 来不及了，没有任何更改。
schedule-late-ordered = 已经下单了。
schedule-late-opened = 已经打开为购物车了。
schedule-late-skipped = 已经跳过了。
schedule-late-next = { $why }下一次：{ $day }，{ $time } 前。
button-schedule-yes = ✅ 是，下单 · { $total }
button-schedule-change = ✎ 更改
button-schedule-skip-this = ⏭ 这次跳过
button-schedule-lines-this = ➖ 少一项
button-schedule-undo = ↩️ 撤回
