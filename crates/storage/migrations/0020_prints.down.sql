DROP TABLE print_orders;
