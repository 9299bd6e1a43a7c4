{ sed '/<p>Ủy ban/,$d' plan.xml; yes '<foo bar="1"/><p baz="2"/><table ref="nowhere"/>' | head -n 30000 | tr -d '\n'; sed -n '/<p>Ủy ban/,$p' plan.xml; } >new && mv new plan.xml
