# TCVN3 saved as if it were Unicode, under a header that is Unicode: left alone, with a note
printf 'Thôn,Số hộ,Hộ nghèo\n§oµn KÕt,100,5\nB×nh Mü,200,8\nB×nh Mü,200,8\n' >data.csv
