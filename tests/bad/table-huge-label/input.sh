sed "s/label=\"Số hộ\"/label=\"$(yes thôn | head -n 14000 | tr '\n' ' ')\"/" templates/tables/sample.xml >new && mv new templates/tables/sample.xml
