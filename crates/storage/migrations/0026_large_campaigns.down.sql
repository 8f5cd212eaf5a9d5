DROP INDEX portraits_by_decision;
DROP INDEX orders_of_collection;
