/* version: the program's version; it is written into every manifest. */
#ifndef CMD_VERSION_H
#define CMD_VERSION_H

#define KEHOACH_VERSION "0.1.0"

#endif
