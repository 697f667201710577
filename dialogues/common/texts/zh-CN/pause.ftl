# 暂停接单：顾客读到的，和员工设置的地方。

## 顾客读到的
pause-now = ⏸ 现在暂停接单。{ $again }
pause-now-flow = ⏸ { $flow }：现在暂停接单。{ $again }
pause-again = 预计 { $time } 恢复。
pause-again-open = 请稍后再来看看。
pause-said = { $pause }
    💬 { $words }
order-change-stopped = 现在暂停接单：订单一旦收回修改，就无法重新提交。订单保持不变。

## 员工看到的
command-pause = 暂停接单
pause-title = ⏸ <b>接单</b>
pause-shop = 全店
pause-state-none = ✅ <b>{ $scope }</b>：未暂停
pause-state-taken = ✅ <b>{ $scope }</b>：正在接单
pause-state-until = ⏸ <b>{ $scope }</b>：暂停接单至 { $time }
pause-state-open = ⏸ <b>{ $scope }</b>：暂停接单，直到有人恢复
pause-state-whole = ⏸ <b>{ $scope }</b>：随全店暂停
pause-state-closed = 🌙 <b>{ $scope }</b>：不在营业时间，{ $time } 开始
pause-state-shut = 🌙 <b>{ $scope }</b>：不在营业时间
pause-state-words = 💬 { $words }
pause-how = 要暂停多久？已提交的订单照常进行。暂停期间在这里输入的文字，就是顾客读到的说明。
pause-first = 这里没有暂停：请先选择多久，再输入给顾客看的说明。
pause-too-long = 太长了：最多 { $max } 个字。没有任何更改。
pause-usage = 请写分钟数（最多 1440），后面可加给顾客看的说明：<code>/pause 30 忙完就回来</code>。<code>/pause 恢复</code> 恢复接单，<code>/pause</code> 查看现状。
pause-over = ⏰ 暂停时间到了。{ $state }
pause-privately = ⏸ 请在与我的私聊里输入 /pause。
word-pause-off = 恢复
button-pause-minutes = { $minutes } 分钟
button-pause-day = 到今天结束，{ $time }
button-pause-open = 直到有人恢复
button-pause-end = ▶️ 恢复接单
button-pause-wordless = ✖ 去掉说明
