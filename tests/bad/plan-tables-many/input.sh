{ sed '/<p>Ủy ban/,$d' plan.xml; yes '<table ref="sample"/>' | head -n 100000; sed -n '/<p>Ủy ban/,$p' plan.xml; } >new && mv new plan.xml
