# 我的数据：导出与清除。

button-export = 📄 导出一份
button-erase = 🗑 清除我的数据
button-erase-sure = 🗑 确定，全部清除
export-file = 📄 这是我们保存的与您有关的全部数据，用任何文本编辑器都能打开，不含他人的数据。
export-part = 📄 与您有关的全部数据，第 { $part } 部分，含 { $orders } 个订单。{ $more ->
    [1] 后面还有。
   *[other] 到此全部发完。
 }
export-sent = 文件马上发来。
export-just-now = 您刚刚导出过，还不到一分钟，请稍等再试。
export-by-hand = 您正在替别人下单，请先完成：导出的文件只包含您自己的数据。
erase-ask = 🗑 <b>清除您的数据？</b>
    您的姓名、电话、地址、填写过的内容、保存的项目、链接以及在公司中的身份，连同您在这里写过的一切，都将永久清除。
    过去的订单只作为不属于任何人的数字保留：买了什么、什么时候、多少钱。您将不能再看到它们。
    这个聊天里的消息仍在您的 Telegram 中，您可以自行清空。
    以后再来，您就是一位新客人。
erase-barred = 🗑 <b>您的数据现在还不能清除</b>
erase-barred-now = 情况有变，没有清除任何数据。
erase-bar-order = • { $day } 的 #{ $number } 号订单还没有结束。请等它结束，或先取消。
erase-bar-owed = • 您的账户还欠 { $owed }，请先付清。
erase-bar-ahead = • 您的账户有预付款 { $ahead }，请先让商家退还，或先用完。
erase-bar-held = • 未结束的订单占用了您账户的 { $held }，请等它结束。
erase-bar-changes = • 商家还有 { $count } 项对您账户的更改没有决定，请先让商家处理。
erase-bar-company = • { $name } 只有您一位管理员，请先在 /company 中让别人成为管理员。
erase-bar-team = • 您是本店的工作人员，请先让店主取消您的职责。
erase-bar-under-way = • 您的数据正在清除，完成后会通知您。
erase-begun = 🗑 正在清除您的数据，需要一点时间，完成后我会再写一条消息。
erase-under-way = 正在清除您的数据。
erase-done = ✅ 您的数据已清除，这里没有任何内容再指向您。随时可以发送 /start，那时您就是一位新客人。
erase-by-hand = 这位客人的数据已清除，您替其填写的订单已不存在。
erased-order = 订单 #{ $number } · 客人的数据已清除
