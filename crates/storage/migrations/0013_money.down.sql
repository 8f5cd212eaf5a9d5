DROP INDEX orders_by_state;
DROP TABLE invoices;
DROP TABLE pay_group_orders;
DROP TABLE pay_groups;
DROP TABLE pay_links;
DROP TABLE refunds;
DROP TABLE payment_orders;
DROP TABLE payments;
