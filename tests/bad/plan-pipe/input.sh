rm plan.xml; mkfifo plan.xml
