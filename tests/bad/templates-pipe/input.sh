rm templates/tables/sample.xml; mkfifo templates/tables/sample.xml
