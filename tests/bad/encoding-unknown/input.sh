sed -i "s/href=\"data.csv\"/& encoding=\"vps\"/" job.xml
