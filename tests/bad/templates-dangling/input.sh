rm templates/tables/sample.xml; ln -s nowhere templates/tables/sample.xml
