# 订单如何交到顾客手中：上桌，或由骑手配送。

## 状态
status-ready-to-serve = 已出餐，待上桌
status-ready-to-go = 已打包，等待骑手
status-on-the-way = 配送中
status-served = 已上桌
status-delivered = 已送达
status-not-delivered = 未能送达
order-made-at = 预计 <b>{ $time }</b> 出餐

## 推送
push-accepted-made = 👨‍🍳 订单 #{ $number }：预计 { $time } 出餐。
push-ready-to-serve = 🔔 订单 #{ $number } 已出餐，马上给您上桌。
push-served = 订单 #{ $number } 已上桌，请慢用！
push-ready-to-go = 📦 订单 #{ $number } 已打包，等待骑手取货。
push-on-the-way = 🛵 订单 #{ $number } 正在配送，请留意电话。
push-delivered = 订单 #{ $number } 已送达，请慢用！
push-not-delivered = 😔 订单 #{ $number } 未能送达：{ $reason }。不收取任何费用。

## 员工与骑手
courier-title = 🛵 <b>#{ $number }</b> · { $flow } · { $status }
courier-collect = 💰 应收：<b>{ $total }</b>
courier-waiting = ⏱ #{ $number } 已打包 { $minutes } 分钟，还没有人配送。
owner-no-courier = 🚨 订单 #{ $number } 已打包 { $minutes } 分钟，还没有人取走配送。
owner-no-couriers = ⚠️ 骑手的聊天无法送达。在恢复之前，待配送的订单会私信骑手；没有可用的骑手时由打包的同事处理。请把我重新拉进群，或设置 <code>[chats] couriers</code>。
role-courier = 骑手
ring-not-delivered = ↩ #{ $number } 未能送达，正在送回。
action-serve = 已上桌
action-dispatch = 开始配送
action-deliver = 已送达
action-fail = 未能送达
button-serve = 🍽 已上桌
button-dispatch = 🛵 开始配送
button-deliver = ✅ 已送达
button-fail = ↩ 未能送达…

## 费用、起订金额、取货方式
receipt-fee = { $name }：{ $total }
fee-falls-away = 🎁 再买 { $more }，即可免{ $name }
minimum-missing = { $minimum } 起订，还差 { $missing }。
review-price-changed = ⚠️ 价格与您刚才看到的不同，请再确认一次。
ways-ask = 您想怎么拿到这单？
button-way = 🔁 { $way }
