{
	echo '<plan xmlns="urn:kehoach:plan:1" base="mau-xa">'
	echo '<own slot="resources"><slot name="a0"/></own>'
	awk 'BEGIN { for (i = 0; i < 60000; i++) printf "<own slot=\"a%d\"><slot name=\"a%d\"/></own>\n", i, i + 1 }'
	echo '<own slot="a60000"><p>Kinh phí.</p></own></plan>'
} >plan.xml
