#pragma once
// What proves that somebody is the user they say: a password, and a code of their authenticator
// app.
#include <string>

#include "api/router.h"

namespace candor::api {

/// Problem 429 while the door is closed to this account or address, 403 "password" for another
/// password than the user's. `user` null: nobody has the name, which takes as long to say.
void check_password(Call& call, const store::User* user, const std::string& account,
                    const std::string& password, const char* field);

/// Takes a code of the app's, each once, or one of the recovery codes. Problem 403 "code" when it
/// is missing or not right; nothing for a user without an app.
void check_code(Call& call, const store::User& user, const std::string& code);

/// The session's user; at the terminal the first owner. Problem 401 when it is gone.
store::User own_user(const Call& call);

http::Response no_content();

}  // namespace candor::api
