# 公司自己的词句。这里的词句会取代产品中相同 id 的词句。

## 寄件流程
ship = 📦 寄快递
ship-items = 寄什么
ship-sender_name = 寄件人
ship-sender_name-ask = 寄件人是谁？
ship-sender_name-example = 蓝湖贸易 李伟
ship-sender_phone = 寄件电话
ship-sender_phone-ask = 快递员打哪个电话能联系到寄件人？
ship-sender_phone-example = 138 0013 8000
ship-sender_address = 取件地址
ship-sender_address-ask = 到哪里取件？
ship-sender_address-example = 南京路 12 号 3 号楼 5 层
ship-recipient_name = 收件人
ship-recipient_name-ask = 收件人是谁？
ship-recipient_name-example = 陈静
ship-recipient_phone = 收件电话
ship-recipient_phone-ask = 快递员打哪个电话能联系到收件人？
ship-recipient_phone-example = 139 0010 0102
ship-recipient_address = 收件地址
ship-recipient_address-ask = 寄到哪里？请写明城市和区县。
ship-recipient_address-example = 杭州市西湖区文三路 8 号 302 室
ship-contents = 物品
ship-contents-ask = 里面是什么？单独的电池、易燃液体和活体不能寄。
ship-contents-example = 两件棉衬衫
ship-cod_amount = 代收金额（元）
ship-cod_amount-ask = 要向收件人代收多少元？
ship-cod_amount-example = 280
ship-pickup = 上门时间
ship-pickup-ask = 快递员什么时候上门？
ship-pickup-example = 点一个时段
ship-payer = 运费支付方
ship-payer-ask = 运费由谁付？
ship-payer-example = 点“寄付”
ship-payer-sender = 寄付
ship-payer-recipient = 到付（收件人付）
ship-payment = 付款方式
ship-payment-ask = 怎么付款？
ship-payment-example = 点“微信支付”
ship-note = 备注
ship-note-ask = 有什么要告诉快递员的吗？
ship-note-example = 到大门口请按铃

fee-evening = 晚间上门费

payment-wechat = 微信支付
payment-alipay = 支付宝
payment-cash = 现金付给快递员
payment-monthly = 月结

reason-not-carried = 这类物品不能寄
reason-no-courier = 附近暂无空闲快递员
reason-address = 地址不完整
reason-collected = 快件已揽收
reason-courier-close = 快递员马上就到
reason-nobody-there = 无人收件
reason-address-not-found = 找不到地址
reason-refused = 收件人拒收
reason-not-paid = 收件人未付款
tax-transport = 运费增值税
tax-goods = 包材增值税

## 是快件和调度，不是餐馆和后厨
home = <b>{ $shop }</b>
    { $name }，您好！点几下即可寄件：只问这一件需要的，每一站都会通知您。
home-cart = 📦 寄件清单：{ $count } 行，{ $total }
home-resume = 您上次的寄件单还没填完，都给您留着。
button-resume = ▶️ 继续寄件
button-orders = 🧾 我的快件
button-cart = 📦 寄件清单
cart-title = 📦 <b>寄件清单</b>
cart-empty = 📦 寄件清单是空的。
cart-full = 寄件清单最多 { $max } 行。
cart-item-gone = { $name } 已停办，已从清单移除。
cart-empty-ask = 清空寄件清单？里面的 { $count } 行都会删除。
item-added = { $name } 已加入寄件清单。
item-left = 仅剩 { $left } 个。
item-too-much = 每单最多 { $max } 个。
button-checkout = ✅ 下一步 · { $total }
cancel-ask = 放弃这次寄件？清单会被清空。
cancelled = 已取消，清单已清空，没有下单。
step-skipped-gone = 寄件步骤有变化，从这里继续。
review-title = 第 { $at }/{ $of } 步 · <b>请核对寄件信息</b>
review-ended = ⌛ 保留时间已过，不再为您保留；寄件清单还在。
hold-warning = ⏳ 寄件信息还为您保留 { $minutes } 分钟。请下单，或点下面继续保留。
button-place = ✅ 下单寄件 · { $total }
order-placed = ✅ 快件 #{ $number } 已下单。这张卡片会一直更新。
order-title = 📦 <b>快件 #{ $number }</b> · { $status }
order-made-at = 快递员预计 <b>{ $time }</b> 上门
order-ask-cancel = 取消快件 #{ $number }？
order-cancel-requested = 您申请了取消，由调度决定。
order-too-late = 快件已揽收：请改为申请取消。
order-moved = 快件已有变化：{ $status }。
order-not-yours = 这不是您的快件。
button-order-cancel = 取消寄件
orders-title = 📦 <b>我的快件</b>
orders-none = 您还没有寄过快件。
command-orders = 我的快件
command-cart = 寄件清单
command-cancel = 放弃寄件

status-awaiting = 等待调度确认
status-confirmed = 已下单
status-promised = 快递员上门途中
status-preparing = 已揽收
status-ready-to-go = 运输中
status-on-the-way = 派送中
status-delivered = 已签收
status-expired = 暂无快递员，已取消
status-rejected = 未能受理
push-confirmed = 👍 快件 #{ $number } 已下单。
push-accepted-made = 🛵 快件 #{ $number }：快递员预计 { $time } 上门。
push-amended = ✏️ 运单 #{ $number } 已被修改，现合计 { $total }。如有疑问，发送 /help 查看联系方式。
push-preparing = 📦 快件 #{ $number } 已揽收。
push-ready-to-go = 🚚 快件 #{ $number } 运输中。
push-on-the-way = 🛵 快件 #{ $number } 正在派送。
push-delivered = ✅ 快件 #{ $number } 已签收。
push-not-delivered = 😔 快件 #{ $number } 未能送达：{ $reason }。将退回给您，不收取任何费用。
push-rejected = 😔 快件 #{ $number } 未能受理：{ $reason }。不收取任何费用。
push-cancelled = 😔 快件 #{ $number } 被我们取消：{ $reason }。不收取任何费用。
push-cancel-granted = 快件 #{ $number } 已按您的申请取消。
push-cancel-refused = 快件 #{ $number } 已无法取消：{ $reason }
push-waiting = ⏱ 调度还没看到快件 #{ $number }，我已提醒他们。
push-expired = 😔 非常抱歉：没有快递员能接快件 #{ $number }，已为您取消，不收取任何费用。
reason-nobody = 暂无空闲快递员
shop-closed = 现在暂停收件。{ $opens }
shop-opens = 恢复收件时间：{ $time }。

welcome-owner = 🔑 您现在是 <b>{ $shop }</b> 的店主。请把我拉进调度的群，我会在群里问这个群做什么用；在那之前，快件直接发给您。
role-kitchen = 调度
purpose-kitchen = 调度
kitchen-title = 📦 <b>#{ $number }</b> · { $flow } · { $status }
kitchen-due = 上门时间 { $time }
queue-title = 📦 <b>进行中的快件</b>
queue-none = 没有进行中的快件。
command-queue = 进行中的快件
action-prepare = 已揽收
action-ready = 运输中
action-dispatch = 开始派送
action-deliver = 已签收
button-accept = 🛵 { $minutes ->
    [60] 1 小时
    [120] 2 小时
    [240] 4 小时
   *[other] { $minutes } 分钟
  }
button-prepare = 📦 已揽收
button-ready = 🚚 运输中
button-dispatch = 🛵 开始派送
button-deliver = ✅ 已签收
staff-moved = 该快件已是：{ $status }。
alert-kitchen-back = ✅ 又可以向调度群发消息了。
owner-no-kitchen = ⚠️ 调度的聊天无法送达。在恢复之前，快件会私信调度人员；没有可用的调度人员时私信您。请把我重新拉进群，或设置 <code>[chats] kitchen</code>。
owner-no-couriers = ⚠️ 快递员的聊天无法送达。在恢复之前，待派送的快件会私信快递员；没有可用的快递员时由调度处理。请把我重新拉进群，或设置 <code>[chats] couriers</code>。
role-courier = 快递员
purpose-couriers = 派送
button-order-more = ➕ 再寄一件

## 是寄件服务，不是菜单
button-menu = 🗂 寄件服务
menu-title = 🗂 <b>尺寸与服务</b>
    请选择一类，或直接输入想寄的，例如：<i>自行车</i>
menu-nothing = 🔎 没有与“{ $words }”相近的服务。请换个说法，或按类别查看。
menu-item-out = { $name } · 已约满
item-sold-out = 暂时约满。
item-choice-unknown = 有一个选项已停办，请重新选择。
item-gone = 这项服务已停办。
note-ask = ✎ 请为<b>{ $name }</b>写备注（最多 { $max } 字），例如：<i>玻璃制品，请直立</i>
other-sticker = 真好看！点下面的按钮即可寄件。
other-thing = 这里用不上这个。请点按钮，或输入想寄的东西。
help-title = ❔ <b>帮助</b>
    /menu 尺寸与服务 · /cart 寄件清单 · /orders 我的快件 · /language 语言 · /cancel 放弃寄件
    也可以直接问：<i>/help 保价</i>
command-menu = 尺寸与服务
stock-cannot-count = 此项不计库存。请先在目录文件里为它设置 <code>stock</code>。
stock-choice-fixed = 目录文件里已标为售罄，请在文件里更改。

## 到网点自取的快件（如有这样的流程）
status-ready = 可到网点自取
status-handed-over = 已取件
push-accepted = 👍 快件 #{ $number }：预计 { $time } 可取。
push-ready = 🔔 快件 #{ $number } 可以到网点取件了！
push-handed-over = ✅ 快件 #{ $number } 已取件。

## Rules of approval
rule-freight = 超过 ¥5,000 的运单需要人工审批。

## Orders made ready
template-two-parcels = 两个小件加一份文件
