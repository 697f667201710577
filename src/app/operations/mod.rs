//! Use cases, one a file: read, decide, write, all in the caller's transaction.
//!
//! Each write repeats what its decision relied on; when somebody was faster the turn is decided
//! once more, then refused. Rights are asked here, at the moment of the act.

pub mod accounts;
pub mod alert;
pub mod amend_order;
pub mod approval;
pub mod back_in_stock;
pub mod call_waiter;
pub mod change_cart;
pub mod change_order;
pub mod claim_link;
pub mod company;
pub mod company_budget;
pub mod company_details;
pub mod company_leave;
pub mod company_links;
pub mod company_members;
pub mod company_orders;
pub mod company_staff;
pub mod credit_due;
pub mod customer_order;
pub mod fold;
pub mod give_role;
pub mod group_customer;
pub mod hold_cart;
pub mod learn;
pub mod manage_staff;
pub mod manage_tables;
pub mod move_order;
pub mod open_shop;
pub mod order_again;
pub mod order_by_hand;
pub mod own_data;
pub mod pause;
pub mod place_order;
pub mod profile;
pub mod quick_file;
pub mod quick_order;
pub mod reach;
pub mod read_audit;
pub mod refill;
pub mod saved;
pub mod say;
pub mod schedule;
pub mod set_up_group;
pub mod statement;
pub mod statement_file;
pub mod stock;
pub mod take_table;
pub mod tell;
pub mod tell_amended;
pub mod wait_for_courier;
pub mod wait_for_kitchen;
pub mod work_order;
