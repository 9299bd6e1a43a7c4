ln -s /etc ngoai
ln -s /etc/passwd returns/2024-02.csv
