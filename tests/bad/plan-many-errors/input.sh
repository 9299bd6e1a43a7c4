{ sed '/<p>Ủy ban/,$d' plan.xml; echo '<p>'; yes '{x}' | head -n 30000 | tr -d '\n'; echo '</p>'; sed -n '/<p>Ủy ban/,$p' plan.xml; } >new && mv new plan.xml
