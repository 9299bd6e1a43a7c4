mv templates ../elsewhere; ln -s ../elsewhere templates
