//! The other packs on the playground, clicked like a person clicks: an office orders supplies, a
//! parcel goes from door to door, in English and in Chinese.

use crate::page_order::Demo;
use crate::support::browser::Window;
use crate::support::playground::Playground;

const ANNA: i64 = 1001;
const WANG: i64 = 1002;
const BOSS: i64 = 2001;
const PACKER: i64 = 2002;
const STAFF: i64 = -3001;

/// What is done on the page, one after the other.
#[derive(Clone, Copy)]
pub enum Do {
    /// The customer presses a button.
    Tap(&'static str),
    /// The customer writes.
    Say(&'static str),
    /// The customer shares what a button below the chat asks for.
    Share(&'static str),
    /// The customer drops a file of that name and content on the chat.
    File(&'static str, &'static str),
    /// The customer reads.
    See(&'static str),
    /// Somebody of the team presses a button of their card.
    Work(&'static str),
    /// The team reads.
    Read(&'static str),
    /// The owner writes to the bot.
    Order(&'static str),
    /// The owner presses a button.
    Boss(&'static str),
    /// An hour goes by, and another, until the customer reads it: at most that many.
    Hours(u32, &'static str),
    /// For looking at by hand.
    Shot(&'static str),
}

use Do::{Boss, File, Hours, Order, Read, Say, See, Share, Shot, Tap, Work};

/// Plays the steps on the program itself, as one customer.
pub fn play(pack: &str, customer: i64, window: Window, steps: &[Do]) {
    let demo = Demo::start(pack);
    let Some(mut page) = Playground::open(&demo.url, window) else {
        return;
    };
    page.start(customer);
    let (mut acts, mut owner) = (false, false);
    for step in steps {
        match step {
            Tap(label) => page.tap(customer, label),
            Say(words) => page.say(customer, words),
            See(words) => drop(page.see(customer, words)),
            Read(words) => drop(page.see(STAFF, words)),
            Share(label) => page.share(customer, label),
            File(name, content) => page.drop_file(customer, name, content),
            Order(words) => {
                if !owner {
                    page.go_to(BOSS);
                    page.start(BOSS);
                    owner = true;
                }
                page.say(BOSS, words);
            }
            Boss(label) => page.tap(BOSS, label),
            Hours(most, words) => page.wait_hours(customer, *most, words),
            Shot(name) => page.screenshot(name),
            Work(label) => {
                if !acts {
                    page.act_as(STAFF, PACKER);
                    acts = true;
                }
                page.tap(STAFF, label);
            }
        }
    }
    assert!(page.problems().is_empty(), "{:?}", page.problems());
    drop(page);
    demo.stop();
}

#[test]
fn an_office_orders_supplies_in_english() {
    let steps = [
        See("Evergreen Supply"),
        Shot("retail-en-1-start"),
        Tap("Delivery"),
        See("Articles"),
        Tap("Pantry"),
        Shot("retail-en-2-category"),
        Tap("House coffee"),
        See("per 500 g"),
        Tap("Espresso"),
        Shot("retail-en-3-item"),
        Tap("Add"),
        Say("copy paper"),
        Tap("Copy paper"),
        See("per pack of 5"),
        Tap("Add"),
        Tap("Cart"),
        See("more makes this free"),
        Shot("retail-en-4-cart"),
        Tap("Check out"),
        Say("12 Nanjing Road, building 3"),
        See("Who takes the goods in?"),
        Say("Wang Fang"),
        See("At which number"),
        Say("138 0013 8000"),
        See("On which day"),
        Shot("retail-en-5-day"),
        Say("tomorrow"),
        Tap("Afternoon"),
        See("To whom do we write the invoice?"),
        Say("?"),
        See("An invoice title has 2 to 60"),
        Shot("retail-en-6-refused"),
        Say("Blue Lake Trading Co., Ltd."),
        See("Which tax number"),
        Tap("Skip"),
        See("purchase-order number?"),
        Say("PO-2026-0117"),
        Tap("Bank transfer"),
        See("Anything our driver"),
        Tap("Skip"),
        See("PO-2026-0117"),
        Shot("retail-en-7-review"),
        Tap("Place order"),
        See("confirmed"),
        Read("PO-2026-0117"),
        Shot("retail-en-8-placed"),
        Work("2 h"),
        See("packed by about"),
        Work("Packing"),
        See("is being packed"),
        Work("Packed"),
        See("waits for the driver"),
        Work("On its way"),
        See("is on its way to you"),
        Work("Delivered"),
        See("was delivered"),
        Shot("retail-en-9-delivered"),
    ];
    play("retail", ANNA, Window::DESKTOP, &steps);
}

#[test]
fn a_shop_fetches_supplies_in_chinese() {
    let steps = [
        See("长青办公"),
        Shot("retail-zh-1-start"),
        Tap("到仓自提"),
        Say("便签"),
        Tap("便利贴"),
        Tap("加入"),
        Tap("购物车"),
        Tap("去结账"),
        See("什么时候来提货"),
        Shot("retail-zh-2-slot"),
        Tap("14:00-16:00"),
        Say("王芳"),
        See("联系电话"),
        Tap("跳过"),
        See("发票抬头"),
        Say("上海蓝湖贸易有限公司"),
        See("税号"),
        Say("91310000MA1K30X12G"),
        See("采购单号"),
        Tap("跳过"),
        Tap("微信支付"),
        See("请核对"),
        Shot("retail-zh-3-review"),
        Tap("下单"),
        See("已确认"),
        Work("Packing"),
        See("正在配货"),
        Work("Packed"),
        See("可以提货了"),
        Work("Handed over"),
        See("谢谢惠顾"),
        Shot("retail-zh-4-fetched"),
    ];
    let window = Window::DESKTOP.language("zh-CN");
    play("retail", WANG, window, &steps);
}

#[test]
fn a_parcel_goes_from_door_to_door_in_english() {
    let steps = [
        See("Swallow Express"),
        Shot("logistics-en-1-start"),
        Tap("Send a parcel"),
        Tap("Parcels, nationwide"),
        Tap("Parcel M"),
        See("Insurance"),
        Tap("Fragile"),
        Shot("logistics-en-2-parcel"),
        Tap("Add"),
        Tap("Shipment"),
        Tap("Continue"),
        Say("Anna Bell"),
        See("reach the sender"),
        Say("138 0013 8000"),
        See("Where do we collect it?"),
        Say("12 Nanjing Road, 5th floor"),
        See("Who receives it?"),
        Say("Chen Jing"),
        See("reach the recipient"),
        Say("139 0010 0102"),
        See("Where do we deliver it?"),
        Say("Hangzhou, 8 Wensan Road"),
        See("What is in it?"),
        Say("two porcelain cups"),
        See("When shall the courier come?"),
        Shot("logistics-en-3-slot"),
        Tap("10:00-12:00"),
        Tap("The recipient, at the door"),
        See("Anything the courier"),
        Tap("Skip"),
        See("two porcelain cups"),
        Shot("logistics-en-4-review"),
        Tap("Book"),
        See("booked"),
        Read("two porcelain cups"),
        Shot("logistics-en-5-booked"),
        Work("30 min"),
        See("the courier comes at about"),
        Work("Collected"),
        See("was collected"),
        Work("In transit"),
        See("is in transit"),
        Work("Out for delivery"),
        See("is out for delivery"),
        Work("Delivered"),
        See("was delivered"),
        Shot("logistics-en-6-delivered"),
    ];
    play("logistics", ANNA, Window::DESKTOP, &steps);
}

#[test]
fn a_parcel_goes_from_door_to_door_in_chinese() {
    let steps = [
        See("飞燕速运"),
        Tap("寄快递"),
        Shot("logistics-zh-1-groups"),
        Tap("冷链与易损"),
        Tap("画框镜子"),
        Shot("logistics-zh-2-parcel"),
        Tap("加入"),
        Tap("寄件清单"),
        Tap("下一步"),
        Say("王伟"),
        See("联系到寄件人"),
        Say("138 0013 8000"),
        See("到哪里取件"),
        Say("南京路 12 号 3 号楼"),
        See("收件人是谁"),
        Say("陈静"),
        See("联系到收件人"),
        Say("139 0010 0102"),
        See("寄到哪里"),
        Say("杭州市西湖区文三路 8 号"),
        See("里面是什么"),
        Say("一面镜子"),
        See("什么时候上门"),
        Tap("14:00-16:00"),
        Tap("寄付"),
        Tap("支付宝"),
        See("告诉快递员"),
        Tap("跳过"),
        See("一面镜子"),
        Shot("logistics-zh-3-review"),
        Tap("下单寄件"),
        See("已下单"),
        Work("Collected"),
        See("已揽收"),
        Work("In transit"),
        See("运输中"),
        Work("Out for delivery"),
        See("正在派送"),
        Work("Delivered"),
        See("已签收"),
        Shot("logistics-zh-4-delivered"),
    ];
    let window = Window::DESKTOP.language("zh-CN");
    play("logistics", WANG, window, &steps);
}
