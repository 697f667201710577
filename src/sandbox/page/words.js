// The page's own words. What the bot and people say is never translated here.

const en = {
  title: 'Playground', skip: 'Skip to the chats', clock: 'Business time', plus1m: '+1 min', plus10m: '+10 min',
  plus1h: '+1 h', exact: 'Go to…', openLink: 'Open a link', addPerson: 'Add a person', showDeleted: 'Show deleted',
  calls: 'Bot API calls', onlyErrors: 'Refused only', close: 'Close',
  makeTrouble: 'Make trouble…', chats: 'Chats', connected: 'online', waiting: 'waiting for the bot',
  lost: 'The playground does not answer. Trying again…', write: 'Message', send: 'Send', attach: 'Attach',
  commands: 'Commands', keyboard: 'Keyboard', start: 'Start', unblock: 'Unblock the bot', block: 'Block the bot',
  blocked: 'has blocked the bot', language: 'Language', noLanguage: 'not given', options: 'More', hide: 'Hide this chat',
  ownContact: 'Share my contact', otherContact: 'Share a contact…', location: 'Location…', photo: 'Sample photo',
  pickPhoto: 'Photo…', document: 'File…', sticker: 'Sticker {emoji}', voice: 'Voice message', edited: 'edited', deleted: 'deleted',
  asWhom: 'Acting as', as: 'as {name}', reply: 'Reply', edit: 'Edit', cancel: 'Cancel', ok: 'OK', bot: 'bot',
  members: '{n} members', botAbsent: 'the bot is not in this group', addBot: 'Add the bot', removeBot: 'Remove the bot',
  promoteBot: 'Make the bot an admin', migrate: 'Turn into a supergroup', newTopic: 'New topic…', topic: 'Topic',
  topicName: 'Name of the topic', general: 'General', migrated: 'This group is a supergroup now.', unread: '{n} unread',
  newBelow: 'New messages', latitude: 'Latitude', longitude: 'Longitude', person: 'Person', link: 'Link',
  linkHint: 'A link t.me/{bot}?start=… or what comes after start=', openAs: 'Open as {name}', qr: 'QR code', printed: 'Printed codes',
  qrOf: 'QR code of {link}', copied: 'Copied', name: 'First name', phone: 'Phone', add: 'Add', go: 'Go',
  goTo: 'Move the clock on to', past: 'The clock only goes forward.', notHere: 'Nothing happens here: {what}',
  photoAlt: 'Photo', empty: 'No messages yet', emptyHint: 'Press Start, as in Telegram.', typing: 'typing…',
  noMatch: 'That is not a link to this bot.', reveal: 'Hidden text, press to show', pinned: 'Pinned',
  faultNone: 'Make trouble…', fault429: 'Next call: 429, wait 3 s',
  fault500: 'Next 3 calls: 500', faultCut: 'Next call: taken, but no answer', faultDelay: 'Next 5 calls: 2 s late',
  faultDup: 'Next update comes twice', faultClear: 'No more trouble', done: 'Done', contact: 'Contact',
  shareContactAsk: 'Share your phone number with the bot?', share: 'Share', keyboardLocation: 'Where are you?',
  wrote: '{name}: ', cantOpen: 'This link is not opened.', tools: 'Clock and tools',
  results: 'What the bot found', moreResults: 'More', via: 'via @{bot}',
};

const zh = {
  title: '演练场', skip: '跳到聊天', clock: '营业时间', plus1m: '+1 分钟', plus10m: '+10 分钟', plus1h: '+1 小时',
  exact: '跳到…', openLink: '打开链接', addPerson: '添加人物', showDeleted: '显示已删除',
  calls: 'Bot API 调用', onlyErrors: '只看失败', close: '关闭', makeTrouble: '制造故障…', chats: '聊天', connected: '在线',
  waiting: '等待机器人上线', lost: '演练场没有响应，正在重试…', write: '消息', send: '发送', attach: '附件', commands: '命令',
  keyboard: '键盘', start: '开始', unblock: '解除屏蔽', block: '屏蔽机器人', blocked: '已屏蔽机器人', language: '语言',
  noLanguage: '未提供', options: '更多', hide: '隐藏此聊天', ownContact: '分享我的联系方式', otherContact: '分享联系人…',
  location: '位置…', photo: '示例照片', pickPhoto: '照片…', document: '文件…', sticker: '贴纸 {emoji}', voice: '语音消息', edited: '已编辑',
  deleted: '已删除', asWhom: '当前身份', as: '以{name}身份', reply: '回复', edit: '编辑', cancel: '取消', ok: '好',
  bot: '机器人', members: '{n} 位成员', botAbsent: '机器人不在此群', addBot: '添加机器人', removeBot: '移除机器人',
  promoteBot: '设机器人为管理员', migrate: '升级为超级群', newTopic: '新话题…', topic: '话题', topicName: '话题名称',
  general: '常规', migrated: '此群已升级为超级群。', unread: '{n} 条未读', newBelow: '新消息', latitude: '纬度',
  longitude: '经度', person: '人物', link: '链接', linkHint: '形如 t.me/{bot}?start=… 的链接，或 start= 之后的内容',
  openAs: '以{name}身份打开', qr: '二维码', printed: '印好的码', qrOf: '{link} 的二维码', copied: '已复制', name: '名字', phone: '电话', add: '添加',
  go: '前往', goTo: '把时钟拨到', past: '时钟只能向前拨。', notHere: '此处无效：{what}', photoAlt: '照片', empty: '还没有消息',
  emptyHint: '像在 Telegram 里一样，点“开始”。', typing: '正在输入…', noMatch: '这不是此机器人的链接。',
  reveal: '隐藏内容，点击显示', pinned: '置顶', faultNone: '制造故障…',
  fault429: '下一次调用：429，等 3 秒', fault500: '接下来 3 次调用：500', faultCut: '下一次调用：已受理但不回应',
  faultDelay: '接下来 5 次调用：慢 2 秒', faultDup: '下一条更新送两次', faultClear: '停止故障', done: '完成',
  contact: '联系人', shareContactAsk: '要把电话号码分享给机器人吗？', share: '分享', keyboardLocation: '您在哪里？',
  wrote: '{name}：', cantOpen: '此链接不会被打开。', tools: '时钟与工具',
  results: '机器人找到的内容', moreResults: '更多', via: '通过 @{bot}',
};

export const locale = (navigator.language || 'en').toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
const words = locale === 'zh-CN' ? zh : en;

/** The word for `key`, with `{name}` filled in. */
export function t(key, vars = {}) {
  return (words[key] ?? en[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(vars[name] ?? ''));
}

/** Fills in the words of the static page. */
export function translate(root) {
  document.documentElement.lang = locale;
  for (const node of root.querySelectorAll('[data-w]')) node.textContent = t(node.dataset.w);
  for (const node of root.querySelectorAll('[data-w-label]')) {
    node.setAttribute('aria-label', t(node.dataset.wLabel));
    node.title = node.tagName === 'BUTTON' ? t(node.dataset.wLabel) : '';
  }
}

export const timeOf = (ms) => new Date(ms).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const dayOf = (ms) => new Date(ms).toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'long' });
