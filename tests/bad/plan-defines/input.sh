{ sed '/<section/,$d' plan.xml; for i in $(seq 2000); do echo "<define name='d$i' value='$i'/>"; done; sed -n '/<section/,$p' plan.xml; } >new && mv new plan.xml
