# 桌台：堂食顾客看到的话，以及管理桌码的人看到的话。

## 顾客
table-name = { $id }号桌
home-table = 🍜 <b>{ $table }</b> · { $shop }
    { $name }，您好！点几下就能下单，做好给您送到桌上。
table-moved = 您现在坐在{ $table }，购物车已跟着换桌。
table-over = 您扫{ $table }的桌码已超过三小时。要继续在这里点单，请再扫一次，已选的都还在。
table-needed = 堂食请先扫一下您桌上的二维码，已选的都还在。
table-code-old = 这个桌码已经停用，请向店员要新的桌码。
table-code-unknown = 如果是扫桌上的二维码进来的，请向店员要这一桌的新桌码。
order-placed-table = ✅ { $table }的订单 <b>#{ $number }</b> 已提交，做好给您送到桌上。
order-table = 🍜 { $table }
button-order-more = ➕ 加菜
waiter-where = 要呼叫服务员，请先扫一下您桌上的二维码。
button-waiter = 🛎 呼叫服务员
waiter-comes = 已帮您呼叫服务员。
waiter-called = 已经呼叫过了，服务员马上就来。
waiter-nobody = 暂时联系不上店员，请您招手示意一下。

## 店员
ring-waiter = 🛎 <b>{ $table }</b>呼叫服务员 · { $name } · { $time }
kitchen-table = 🍜 { $table }
tables-title = 🍜 <b>桌台</b>
    点一张桌子，查看桌码链接或更换桌码。
tables-none = 店里还没有设置桌台。请在 <code>shop.toml</code> 里写上 <code>[tables] count = 12</code>，再发送 /reload。
table-link = 🍜 <b>{ $table }</b>
    { $link }
    打开这个链接的人就坐在这一桌。用 <code>ks-order links</code> 加 <code>--qr</code> 可以生成二维码打印。
table-ask-renew = 要给{ $table }换新桌码吗？已打印的旧码会立即失效。
table-renewed = ✅ 旧桌码已失效。这是新的，请打印后贴到桌上。
table-renewed-before = 这个桌码已经换过了，现在用的是这个。
button-copy-link = 📋 复制链接
button-table-renew = ♻️ 换新桌码…
button-table-renew-yes = ♻️ 确定更换
button-tables = ‹ 桌台
command-tables = 桌台与桌码
