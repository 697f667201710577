# 按重量销售的商品的数量。

item-left-grams = 仅剩 { $left } 克。
item-too-much-grams = 每单最多 { $max } 克。
item-too-little-grams = 起售量为 { $min } 克。
