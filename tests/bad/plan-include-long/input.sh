mkdir -p templates/plans
{ echo '<part xmlns="urn:kehoach:plan:1"><p>'; yes 'thôn xóm' | head -n 20000; echo '</p></part>'; } >templates/plans/long.xml
